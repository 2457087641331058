using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Gatehouse.Gateway.Problems;

namespace Gatehouse.Gateway.Multipart;

/// <summary>What a part's bytes are for: the file, a field, or nothing. Holds the rules on how many of each a form may have.</summary>
internal sealed class PartContent(FormLimits limits, IFormSink sink) : IDisposable
{
    private enum Kind
    {
        File,
        Field,
        Unknown,

        /// <summary>A file input that was left empty: no name, no bytes.</summary>
        EmptyInput,
    }

    private readonly byte[] _value = ArrayPool<byte>.Shared.Rent(limits.MaxFieldBytes);
    private Kind _kind;
    private string _name = "";
    private string? _charset;
    private long? _declaredLength;
    private long _length;
    private int _seenFields;
    private int _ignored;
    private bool _fileSeen;
    private bool _emptyFileSeen;

    /// <summary>A part's headers are complete. <paramref name="file"/>: it is the file.</summary>
    public Problem? Begin(PartHeaders headers, out FilePart? file)
    {
        file = null;
        var (name, filename) = headers.Disposition!;
        (_name, _charset, _declaredLength, _length) = (name, headers.Charset, headers.DeclaredLength, 0);
        var known = FormFields.IndexOf(name);
        if (filename is { Length: > 0 })
        {
            if (_fileSeen) return new(ProblemCodes.MultipleFiles) { Detail = "The form holds a second file.", Field = Show(name) };
            if (known != 0) return NotTheFile(known);
            _kind = Kind.File;
            _fileSeen = true;
            file = new FilePart(name, filename, headers.MediaType);
            return _declaredLength > limits.MaxFileBytes ? Problem.TooLarge(limits.MaxFileBytes, limits.LimitBy, _declaredLength) : null;
        }
        if (known == 0 && filename is null)
            return new(ProblemCodes.FileMissing) { Detail = "The part file has no filename: it was sent as text, not as a file.", Field = FormFields.File };
        if (filename is not null || known < 0)
        {
            _kind = filename is null ? Kind.Unknown : Kind.EmptyInput;
            _emptyFileSeen |= known == 0;
            if (known > 0) return Problem.Malformed($"the field {name} was sent as a file.", name);
            return ++_ignored > limits.MaxUnknownFields ? Problem.Malformed($"there are more than {limits.MaxUnknownFields} fields that are not known.") : null;
        }
        _kind = Kind.Field;
        if ((_seenFields & (1 << known)) != 0) return Problem.Malformed($"the field {name} is given twice.", name);
        _seenFields |= 1 << known;
        return null;
    }

    public Problem? Write(ReadOnlySpan<byte> bytes)
    {
        _length += bytes.Length;
        switch (_kind)
        {
            case Kind.File:
                return _length > limits.MaxFileBytes ? Problem.TooLarge(limits.MaxFileBytes, limits.LimitBy, _declaredLength) : sink.FileBytes(bytes);
            case Kind.EmptyInput:
                return new(ProblemCodes.FilenameMissing) { Detail = "A file came without a filename.", Field = Show(_name) };
            default:
                if (_length > limits.MaxFieldBytes) return Problem.Malformed($"a field has more than {limits.MaxFieldBytes} bytes.", Show(_name));
                bytes.CopyTo(_value.AsSpan((int)_length - bytes.Length));
                return null;
        }
    }

    public Problem? End()
    {
        if (_declaredLength is { } declared && declared != _length)
            return Problem.Malformed($"Content-Length says {declared} bytes, but there are {_length}.", Show(_name));
        if (_kind == Kind.File) return sink.FileEnd();
        if (_kind == Kind.EmptyInput) return null;

        var value = _value.AsSpan(0, (int)_length);
        if (!Utf8.IsValid(value)) return Problem.Malformed("a field is not valid UTF-8.", Show(_name));
        if (value.Contains((byte)0)) return Problem.Malformed("a field holds a NUL.", Show(_name));
        if (_kind == Kind.Unknown) return null;
        // Text that is ASCII reads the same under these; older HTTP libraries name Latin-1 whatever they send.
        var readable = _charset switch
        {
            null or "utf-8" or "utf8" => true,
            "us-ascii" or "iso-8859-1" or "windows-1252" => Ascii.IsValid(value),
            _ => false,
        };
        return readable ? sink.Field(_name, Encoding.UTF8.GetString(value)) : Problem.Malformed("a field is not in UTF-8, but in another charset.", _name);
    }

    /// <summary>The form is whole: was there a file?</summary>
    public Problem? Complete()
    {
        if (_fileSeen) return null;
        return _emptyFileSeen
            ? new(ProblemCodes.FilenameMissing) { Detail = "The part file has an empty filename.", Field = FormFields.File }
            : new(ProblemCodes.FileMissing) { Detail = "The form has no part named file.", Field = FormFields.File };
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_value, clearArray: true);

    private Problem NotTheFile(int known) => known > 0
        ? Problem.Malformed($"the field {_name} was sent as a file.", _name)
        : new(ProblemCodes.FileMissing) { Detail = "A file came in another field; it must come in the field file.", Field = Show(_name) };

    /// <summary>A caller's own name, short enough to repeat.</summary>
    private static string Show(string name) => name.Length <= 64 ? name : name[..64];
}
