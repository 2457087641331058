using System.Buffers;

namespace Gatehouse.Inspection.Text;

/// <summary>
/// The text's first thing: what stands after white space, comments and processing instructions (XML 1.0, 2.6; HTML takes them for comments) of any length.
/// Keeps a kilobyte of it.
/// </summary>
internal sealed class Opening
{
    /// <summary>Enough for the headers of a web archive and the longest first tag that matters.</summary>
    private const int Kept = 1024;

    /// <summary>In the count of dashes: two at least, and "!".</summary>
    private const int DashesAndMark = -1;

    private static readonly SearchValues<byte> Space = SearchValues.Create(" \t\r\n\f"u8);

    private readonly byte[] _bytes = new byte[Kept];
    private int _length;
    private int _dashes;
    private long _passed;
    private bool _inComment;
    private bool _inInstruction;

    /// <summary>Where the first thing begins in the decoded text; -1: not known yet.</summary>
    public long Start { get; private set; } = -1;

    public bool IsJudged { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !IsJudged && _length < Kept)
        {
            if (_inComment || _inInstruction)
            {
                Pass(ref bytes, _inComment ? SkipComment(bytes) : SkipInstruction(bytes));
                continue;
            }

            if (_length == 0)
            {
                var text = bytes.IndexOfAnyExcept(Space);
                Pass(ref bytes, text < 0 ? bytes.Length : text);
                if (bytes.IsEmpty)
                    return;
                Start = _passed;
            }

            // The first five bytes one by one, so that a comment is known before what follows it is kept.
            var count = Math.Min(bytes.Length, _length < 5 ? 1 : Kept - _length);
            bytes[..count].CopyTo(_bytes.AsSpan(_length));
            _length += count;
            Pass(ref bytes, count);
            if (_length == 4 && _bytes.AsSpan(0, 4).SequenceEqual("<!--"u8))
                BeginComment();
            else if (_length is >= 3 and <= 5 && _bytes.AsSpan(0, 2).SequenceEqual("<?"u8))
                BeginInstruction();
        }
    }

    /// <summary>Once, when enough has come or nothing more will.</summary>
    public Verdict.Refuse? Judge(bool isFinal)
    {
        if (IsJudged || (_length < Kept && !isFinal))
            return null;
        IsJudged = true;
        return OpeningRules.Judge(_bytes.AsSpan(0, _length));
    }

    private void Pass(ref ReadOnlySpan<byte> bytes, int count)
    {
        bytes = bytes[count..];
        _passed += count;
    }

    private void BeginComment()
    {
        _inComment = true;
        _length = 0;
        _dashes = 2;
        Start = -1;
    }

    /// <summary>One that has ended already, or whose name is not that of XML's own declaration, which says what the file is.</summary>
    private void BeginInstruction()
    {
        var first = _bytes.AsSpan(0, _length);
        var hasEnded = first[^1] == '>';
        if (!hasEnded && (_length < 5 || Spelling.StartsWith(first, "<?xml"u8)))
            return;
        _inInstruction = !hasEnded;
        _length = 0;
        Start = -1;
    }

    private int SkipInstruction(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'>');
        _inInstruction = end < 0;
        return end < 0 ? bytes.Length : end + 1;
    }

    /// <summary>Up to and with "--&gt;" or "--!&gt;"; "&lt;!--&gt;" is a whole comment, as HTML has it.</summary>
    private int SkipComment(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '>' && (_dashes >= 2 || _dashes == DashesAndMark))
            {
                _inComment = false;
                return i + 1;
            }

            _dashes = bytes[i] switch
            {
                (byte)'-' => Math.Max(_dashes, 0) + 1,
                (byte)'!' when _dashes >= 2 => DashesAndMark,
                _ => 0,
            };
        }

        return bytes.Length;
    }
}
