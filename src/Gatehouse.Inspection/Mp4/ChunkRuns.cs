using Gatehouse.Inspection.IsoMedia;

namespace Gatehouse.Inspection.Mp4;

/// <summary>How many samples each chunk has (ISO/IEC 14496-12, 8.7.4): runs of chunks alike, each by the number of its first.</summary>
internal sealed class ChunkRuns(IsoFile file, IsoBox box, uint entries) : IDisposable
{
    private const int CountedHeader = 8;
    private const int RunLength = 12;

    private readonly IsoReader _reader = file.Cursor();
    private uint _runs;
    private uint _nextFirst = 1;
    private uint _samples;

    /// <summary>Of the next chunk; null: the table is wrong.</summary>
    public uint? SamplesIn(uint chunk)
    {
        if (chunk != _nextFirst)
            return _samples;
        var count = _reader.U32(box.Content + 4);
        var at = box.Content + CountedHeader + (_runs * (long)RunLength);
        if (_runs++ >= count || _reader.U32(at) != chunk || _reader.U32(at + 8) is var entry && (entry == 0 || entry > entries))
            return null;
        _samples = _reader.U32(at + 4);
        _nextFirst = _runs < count ? _reader.U32(at + RunLength) : 0;
        return _nextFirst == 0 || _nextFirst > chunk ? _samples : null;
    }

    public void Dispose() => _reader.Dispose();
}
