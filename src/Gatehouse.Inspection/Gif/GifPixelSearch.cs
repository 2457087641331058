using Gatehouse.Inspection.SecondFormats;

namespace Gatehouse.Inspection.Gif;

/// <summary>
/// Searches a frame's compressed pixels for second formats, as counting them decodes none: joined from their sub-blocks, and as the bytes stand in the file,
/// whose length bytes could be part of a guest. An offset in joined bytes leaves the length bytes out.
/// </summary>
internal sealed class GifPixelSearch : IDisposable
{
    private readonly StreamedSearch _joined = new(GifRefusals.Mime);
    private readonly StreamedSearch _asStored = new(GifRefusals.Mime);

    public void Start(long offset)
    {
        _joined.Start(offset, withScripts: false);
        _asStored.Start(offset, withScripts: false);
    }

    public Verdict.Refuse? StartBlock(byte length) => _asStored.Write([length]);

    public Verdict.Refuse? Write(ReadOnlySpan<byte> data) => _asStored.Write(data) ?? _joined.Write(data);

    public Verdict.Refuse? Finish() => _asStored.Finish() ?? _joined.Finish();

    public void Dispose()
    {
        _joined.Dispose();
        _asStored.Dispose();
    }
}
