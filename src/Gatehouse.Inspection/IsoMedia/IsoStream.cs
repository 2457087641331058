using System.Buffers.Binary;
using Gatehouse.Inspection.SecondFormats;

namespace Gatehouse.Inspection.IsoMedia;

/// <summary>
/// A file's top-level boxes (ISO/IEC 14496-12, 4.2) while it is received: <c>ftyp</c> first, sizes that lead from one to the next and at last to the file's
/// end. Every byte is searched for second formats, media data too, as nobody decodes it here.
/// </summary>
internal sealed class IsoStream(IsoRefusals refusals) : IDisposable
{
    /// <summary>A fragmented video has two or three a fragment, and a fragment a second or more.</summary>
    private const int MaxBoxes = 30_000;

    /// <summary>A type and some dozen brands.</summary>
    private const int MaxFileType = 4096;

    /// <summary>No size of 32 bits below 128 MB begins so, but texts do, line ends and tabs among them.</summary>
    private const byte LeastOfText = 0x08;

    private readonly StreamedSearch _search = new(refusals.Mime);
    private readonly byte[] _header = new byte[IsoBox.LongHeader];
    private int _headerLength;
    private long _offset;
    private long _end;
    private int _boxes;
    private bool _isOpen;
    private bool _hasStarted;

    public MediaRanges Media { get; } = new();

    /// <summary>Where the boxes end, once the file has.</summary>
    public long BoxesEnd { get; private set; }

    public Verdict.Refuse? Write(ReadOnlySpan<byte> bytes)
    {
        if (!_hasStarted)
        {
            _search.Start(0, withScripts: false);
            _hasStarted = true;
        }

        return Walk(bytes) ?? _search.Write(bytes);
    }

    /// <summary>The file has ended.</summary>
    public Verdict.Refuse? Finish()
    {
        if (_search.Finish() is { } refusal)
            return refusal;
        Media.EndAt(_offset);
        BoxesEnd = _isOpen ? _offset : _end;
        if (_isOpen || _offset == _end || IsInZeros)
            return null;
        return IsNoBox ? refusals.Trailing(_end) : refusals.Truncated(_offset);
    }

    public void Dispose() => _search.Dispose();

    private Verdict.Refuse? Walk(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_isOpen || _offset < _end)
            {
                var skipped = (int)(_isOpen ? bytes.Length : Math.Min(bytes.Length, _end - _offset));
                bytes = bytes[skipped..];
                _offset += skipped;
                continue;
            }

            if (_headerLength == IsoBox.ShortHeader && IsInZeros)
                return WalkZeros(bytes);
            _header[_headerLength++] = bytes[0];
            bytes = bytes[1..];
            _offset++;
            if (HasHeader && StartBox() is { } refusal)
                return refusal;
        }

        return null;
    }

    /// <summary>Nothing but zeros where a box might begin.</summary>
    private bool IsInZeros => _boxes > 1 && _headerLength > 0 && _header.AsSpan(0, _headerLength).IndexOfAnyExcept((byte)0) < 0;

    /// <summary>Fewer bytes than a header has behind the last box, and not the beginning of one.</summary>
    private bool IsNoBox => _boxes > 1 && _headerLength > 0 && _header[0] >= LeastOfText;

    private Verdict.Refuse? WalkZeros(ReadOnlySpan<byte> bytes)
    {
        _offset += bytes.Length;
        return bytes.IndexOfAnyExcept((byte)0) < 0 && _offset - _end <= MediaLimits.Zeros ? null : refusals.Trailing(_end);
    }

    private bool HasHeader => _headerLength == (_header[3] == 1 && _header.AsSpan(0, 3).IndexOfAnyExcept((byte)0) < 0 ? IsoBox.LongHeader : IsoBox.ShortHeader);

    /// <summary>Half a gigabyte and more: other data behind the end, read as a header.</summary>
    private bool IsSizeOfText => IsoTypes.IsPlausible(BinaryPrimitives.ReadUInt32BigEndian(_header));

    private Verdict.Refuse? StartBox()
    {
        if (IsInZeros)
            return null;
        var at = _offset - _headerLength;
        var read = IsoBox.Read(_header.AsSpan(0, _headerLength), at, long.MaxValue);
        _headerLength = 0;
        if (read is not { } box || !IsoTypes.IsPlausible(box.Code))
            return _boxes > 1 ? refusals.Trailing(at) : refusals.Structure(at, "the structure of the file is broken");
        if (++_boxes > MaxBoxes || (_boxes == 1) != (box.Type is "ftyp") || (_boxes == 1 && box.End > MaxFileType))
            return refusals.Structure(at, "the structure of the file is broken");
        if (box.Type is null && box.Length > MediaLimits.Unknown)
            return _boxes > 2 && IsSizeOfText ? refusals.Trailing(at) : refusals.Metadata(at);
        _isOpen = box.End == long.MaxValue;
        _end = box.End;
        if (box.Type is "mdat")
            Media.Add(box);
        return null;
    }
}
