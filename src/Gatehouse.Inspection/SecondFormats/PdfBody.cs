namespace Gatehouse.Inspection.SecondFormats;

/// <summary>
/// Reads on behind a PDF's header for what makes it a file (ISO 32000-1, 7.3.10 and 7.5.5): an object's two numbers and <c>obj</c>, or, as readers repair files
/// without numbers, <c>obj</c> or <c>trailer</c> with a dictionary. Any white space may stand between, and comments; but what begins like a comment may
/// be the end of a string, so the bytes are read both ways. Pushed in pieces of any size.
/// </summary>
internal struct PdfBody
{
    private Reading _plain;
    private Reading _commented;

    public PdfBody() => _commented.SkipsComments = true;

    /// <summary>Where in these bytes it became certain; -1: not yet.</summary>
    public int Find(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (_plain.IsAt(bytes[i]) | _commented.IsAt(bytes[i]))
                return i;
        }

        return -1;
    }

    private struct Reading
    {
        private const ulong Trailer = 0x747261696C6572; // "trailer"
        private const ulong TrailerMask = 0xFF_FFFF_FFFF_FFFF;

        public bool SkipsComments;

        private ulong _last;
        private int _numbers;
        private int _letters;
        private int _brackets;
        private bool _isInNumber;
        private bool _isInComment;
        private bool _mayOpen;

        public bool IsAt(byte value)
        {
            if (_isInComment)
            {
                _isInComment = value is not ((byte)'\r' or (byte)'\n');
                if (!char.IsAsciiDigit((char)value))
                    return false;
            }

            switch (value)
            {
                case >= (byte)'0' and <= (byte)'9':
                    _numbers = _isInNumber ? _numbers : Math.Min(2, _numbers + 1);
                    (_isInNumber, _letters, _mayOpen) = (!_isInComment, 0, false);
                    return false;
                case (byte)'\0' or (byte)'\t' or (byte)'\n' or (byte)'\f' or (byte)'\r' or (byte)' ':
                    (_isInNumber, _letters) = (false, 0);
                    return false;
                case (byte)'%' when SkipsComments:
                    (_isInNumber, _letters, _isInComment) = (false, 0, true);
                    return false;
                case (byte)'<' when _mayOpen:
                    return ++_brackets == 2;
                default:
                    return IsWordAt(value);
            }
        }

        private bool IsWordAt(byte letter)
        {
            _last = (_last << 8) | letter;
            _letters = letter == "obj"u8[_letters] ? _letters + 1 : letter == 'o' ? 1 : 0;
            (_isInNumber, _brackets) = (false, 0);
            if (_letters == 3 && _numbers == 2)
                return true;
            _mayOpen = _letters == 3 || (_last & TrailerMask) == Trailer;
            if (_letters is 0 or 3)
                (_letters, _numbers) = (0, 0);
            return false;
        }
    }
}
