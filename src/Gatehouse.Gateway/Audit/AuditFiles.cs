using System.Globalization;
using Gatehouse.Storage;

namespace Gatehouse.Gateway.Audit;

/// <summary>The files of the audit: <c>2026-11-26-0001.jsonl</c>, by the UTC day of what they tell, the next number when one is full. Used by one thread.</summary>
/// <param name="owned">Disposed with this.</param>
/// <param name="maxFileBytes">A file that has as many takes no further line.</param>
public sealed class AuditFiles(OwnedFolder owned, long maxFileBytes) : IDisposable
{
    private const string Suffix = ".jsonl";
    private const string DayFormat = "yyyy-MM-dd";

    private readonly string _folder = owned.Path;
    private FileStream? _file;
    private DateOnly _day;
    private int _number;
    private bool _unflushed;

    /// <summary>Appends one line in one write.</summary>
    /// <exception cref="IOException">It could not be written, or not whole: the next one begins on a line of its own.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Append(DateTimeOffset at, ReadOnlySpan<byte> line)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        if (_file is null || day != _day) Open(day, LastOf(day));
        if (_file!.Length >= maxFileBytes) Open(day, _number + 1);
        try
        {
            _file.Write(line);
            _unflushed = true;
        }
        catch (IOException)
        {
            // Opened anew it is looked at for a torn line.
            Close();
            throw;
        }
    }

    /// <summary>What was appended is on the disk on return. A file that somebody took away is let go, and the next line begins a new one.</summary>
    public void Flush()
    {
        if (_file is null) return;
        if (_unflushed) _file.Flush(flushToDisk: true);
        _unflushed = false;
        if (!File.Exists(_file.Name)) Close();
    }

    /// <summary>Deletes the files of days before one. What is not named as a file of the audit is left alone.</summary>
    /// <returns>How many.</returns>
    public int DeleteBefore(DateOnly day)
    {
        var deleted = 0;
        foreach (var path in Directory.EnumerateFiles(_folder, "*" + Suffix))
        {
            if (!TryParse(path, out var its, out _) || its >= day || string.Equals(path, _file?.Name, StringComparison.Ordinal)) continue;
            File.Delete(path);
            deleted++;
        }
        return deleted;
    }

    public void Dispose()
    {
        Close();
        owned.Dispose();
    }

    private void Open(DateOnly day, int number)
    {
        Close();
        var path = PathOf(day, number);
        var torn = EndsTorn(path);
        var file = PrivateFile.Open(path, FileMode.Append);
        try
        {
            if (torn) file.Write("\n"u8);
        }
        catch (IOException)
        {
            file.Dispose();
            throw;
        }
        (_file, _day, _number) = (file, day, number);
    }

    private void Close()
    {
        var file = _file;
        _file = null;
        file?.Dispose();
    }

    /// <summary>A killed process or a full disk may leave a line without its end.</summary>
    private static bool EndsTorn(string path)
    {
        var info = new FileInfo(path);
        if (!info.Exists || info.Length == 0) return false;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> last = stackalloc byte[1];
        return RandomAccess.Read(file, last, info.Length - 1) == 1 && last[0] != '\n';
    }

    /// <summary>The one that was written last, or the first.</summary>
    private int LastOf(DateOnly day)
    {
        var last = 1;
        foreach (var path in Directory.EnumerateFiles(_folder, day.ToString(DayFormat, CultureInfo.InvariantCulture) + "-*" + Suffix))
        {
            if (TryParse(path, out _, out var number)) last = Math.Max(last, number);
        }
        return last;
    }

    private string PathOf(DateOnly day, int number) => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{day.ToString(DayFormat, CultureInfo.InvariantCulture)}-{number:0000}{Suffix}"));

    private static bool TryParse(string path, out DateOnly day, out int number)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        number = 0;
        return DateOnly.TryParseExact(name.Length > DayFormat.Length ? name[..DayFormat.Length] : "", DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
            && name[DayFormat.Length] == '-'
            && int.TryParse(name.AsSpan(DayFormat.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
