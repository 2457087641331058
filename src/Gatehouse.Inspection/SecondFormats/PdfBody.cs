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

    private static bool IsWhite(byte value) => value is (byte)'\0' or (byte)'\t' or (byte)'\n' or (byte)'\f' or (byte)'\r' or (byte)' ';

    /// <summary>How many numbers stand before a place with nothing but white space between: none, one, two or more.</summary>
    private struct Numbers
    {
        private bool _isInside;

        public int Count { get; set; }

        public void Add(byte value)
        {
            if (char.IsAsciiDigit((char)value))
                (Count, _isInside) = (_isInside ? Count : Math.Min(2, Count + 1), true);
            else if (IsWhite(value))
                _isInside = false;
            else
                (Count, _isInside) = (0, false);
        }
    }

    private struct Reading
    {
        private const ulong Trailer = 0x747261696C6572; // "trailer"
        private const ulong TrailerMask = 0xFF_FFFF_FFFF_FFFF;

        public bool SkipsComments;

        private Numbers _numbers;
        private Numbers _inComment;
        private ulong _last;
        private int _letters;
        private int _brackets;
        private bool _isInComment;
        private bool _isObject;
        private bool _mayOpen;

        public bool IsAt(byte value)
        {
            if (_isObject && !char.IsAsciiLetterOrDigit((char)value))
                return true;
            _isObject = false;
            if (_isInComment)
                return Comment(value);
            if (value == '%' && SkipsComments && (_numbers.Count > 0 || _mayOpen))
            {
                (_isInComment, _inComment) = (true, default);
                return false;
            }

            return value == '<' && _mayOpen ? ++_brackets == 2 : Word(value);
        }

        /// <summary>One may begin inside another, if that was none: then the numbers before it count.</summary>
        private bool Comment(byte value)
        {
            if (value == '%')
                _numbers.Count = Math.Max(_numbers.Count, _inComment.Count);
            _inComment.Add(value);
            _isInComment = value is not ((byte)'\r' or (byte)'\n');
            if (!_isInComment)
                _numbers.Add(value);
            return false;
        }

        private bool Word(byte value)
        {
            if (_letters > 0 && value != "obj"u8[_letters])
                (_letters, _numbers) = (0, default);
            if (IsWhite(value))
            {
                _numbers.Add(value);
                return false;
            }

            _last = (_last << 8) | value;
            (_brackets, _mayOpen) = (0, (_last & TrailerMask) == Trailer);
            if (value != "obj"u8[_letters])
                _numbers.Add(value);
            else if (++_letters == 3)
                (_letters, _isObject, _mayOpen, _numbers) = (0, _numbers.Count == 2, true, default);
            return false;
        }
    }
}
