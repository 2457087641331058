using Gatehouse.Inspection.Metadata;

namespace Gatehouse.Inspection.SecondFormats;

/// <summary>
/// Searches bytes of any length, as they come, for second formats and scripts: through a window that overlaps by more than a header needs, so that a
/// cut between two pieces hides nothing.
/// </summary>
/// <param name="isInPdf">A PDF's own header is no guest in it, and what its pages say no script.</param>
internal sealed class StreamedSearch(string mime, bool isInPdf = false) : IDisposable
{
    private const int WindowLength = 128 * 1024;

    /// <summary>What is kept behind a signature to check its header: a PE header lies within the first kilobytes.</summary>
    private const int Ahead = 32 * 1024;

    /// <summary>What is kept before it: a tar's block.</summary>
    private const int Behind = TarHeader.BlockLength;

    private readonly PooledBytes _window = new();
    private long _windowOffset;
    private int _searched;
    private bool _withScripts;
    private PdfSearch _pdf = new();
    private TagRun? _tags;
    private XmpPackets _packets;

    /// <param name="withScripts">False for coded pictures and sound, of which there is so much that a script's few letters occur by chance, but for PHP's opening.</param>
    public void Start(long offset, bool withScripts = true)
    {
        _window.Clear();
        _windowOffset = offset;
        _searched = 0;
        _withScripts = withScripts;
        _packets = default;
        _pdf = new PdfSearch();
        _tags = null;
    }

    public Verdict.Refuse? Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var taken = Math.Min(bytes.Length, WindowLength - _window.Length);
            _window.Add(bytes[..taken]);
            bytes = bytes[taken..];
            if (_window.Length < WindowLength)
                continue;
            if (Search(_window.Length - Ahead) is { } refusal)
                return refusal;
            var dropped = _searched - Behind;
            _window.DropFirst(dropped);
            _windowOffset += dropped;
            _searched -= dropped;
        }

        return null;
    }

    public Verdict.Refuse? Finish() => Search(_window.Length);

    public void Dispose() => _window.Dispose();

    private Verdict.Refuse? Search(int to)
    {
        var bytes = _window.Bytes;
        var behindHeader = _searched;
        for (var at = SecondFormatSearch.NextPlace(bytes, _searched); at >= 0 && at < to; at = SecondFormatSearch.NextPlace(bytes, at + 1))
        {
            if (SecondFormatSearch.NameAt(bytes, at) is { } name && !IsAttached(bytes[at..]))
                return SecondFormatSearch.Refuse(mime, new SecondFormatHit(name, at), _windowOffset);
            if (!_withScripts && !isInPdf && PhpOpening.IsAt(bytes[at..]))
                return MetadataJudge.RefuseScript(mime, _windowOffset + at);
            if (!isInPdf && _pdf.Header < 0 && PdfHeader.StartOf(bytes, at) is var header and >= 0)
            {
                _pdf.Begin(_windowOffset + header);
                behindHeader = at;
            }
        }

        if (_pdf.Header >= 0 && _pdf.HasObject(bytes[behindHeader..to]))
            return SecondFormatSearch.Refuse(mime, new SecondFormatHit(PdfHeader.Name, _pdf.Header));
        if (_withScripts && FindScript(bytes[_searched..], to - _searched) is var script and >= 0)
            return MetadataJudge.RefuseScript(mime, _windowOffset + _searched + script);
        _searched = to;
        return null;
    }

    /// <summary>What a PDF embeds, compressed once more, has whole blocks as it was: entries are a document's there, which is judged as embedded.</summary>
    private bool IsAttached(ReadOnlySpan<byte> found) => isInPdf && found.StartsWith(ZipEntryHeader.Signature);

    private int FindScript(ReadOnlySpan<byte> bytes, int to)
    {
        if (ScriptSearch.InBinary(bytes) is var script and >= 0)
            return script;
        if (_packets.HaveScript(bytes))
            return 0;
        return _tags is not null || to < bytes.Length ? (_tags ??= new TagRun()).Find(bytes, to) : ScriptSearch.None;
    }
}
