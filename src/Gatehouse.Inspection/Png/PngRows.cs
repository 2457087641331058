using Gatehouse.Inspection.Compression;

namespace Gatehouse.Inspection.Png;

/// <summary>
/// The rows that a picture inflates to (PNG 3rd ed., 7.2 and 8): so many, so long, each led by a filter type of 0 to 4 (9.2). Looks at that one byte a
/// row and counts the others.
/// </summary>
internal sealed class PngRows : IInflateSink
{
    private const byte LastFilterType = 4;

    private static readonly (uint X, uint Y, uint StepX, uint StepY)[] WholeImage = [(0, 0, 1, 1)];

    /// <summary>Adam7 (8.2).</summary>
    private static readonly (uint X, uint Y, uint StepX, uint StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private readonly PngHeader _header;
    private int _pass = -1;
    private uint _rowsLeft;
    private long _rowLength;
    private long _toNextRow;

    public PngRows(PngHeader header)
    {
        _header = header;
        StartNextPass();
    }

    public bool IsComplete { get; private set; }

    /// <summary>More came than the header implies.</summary>
    public bool IsOverrun { get; private set; }

    public bool Take(ReadOnlySpan<byte> bytes)
    {
        while (_toNextRow < bytes.Length)
        {
            if (_rowsLeft == 0)
            {
                IsOverrun = true;
                return false;
            }

            if (bytes[(int)_toNextRow] > LastFilterType)
                return false;
            _toNextRow += _rowLength;
            if (--_rowsLeft == 0)
                StartNextPass();
        }

        _toNextRow -= bytes.Length;
        IsComplete = _rowsLeft == 0 && _toNextRow == 0;
        return true;
    }

    /// <summary>The next pass that has pixels; passes of small pictures may have none.</summary>
    private void StartNextPass()
    {
        var passes = _header.IsInterlaced ? Adam7 : WholeImage;
        while (_rowsLeft == 0 && ++_pass < passes.Length)
        {
            var (x, y, stepX, stepY) = passes[_pass];
            var width = Count(_header.Width, x, stepX);
            _rowsLeft = width == 0 ? 0 : Count(_header.Height, y, stepY);
            _rowLength = _header.RowBytes(width) + 1;
        }
    }

    private static uint Count(uint size, uint start, uint step) => size <= start ? 0 : (size - start + step - 1) / step;
}
