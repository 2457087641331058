namespace Gatehouse.Inspection.Zip;

/// <summary>Extra fields and comments beyond what writers need: in all headers of one kind together no more than would hide little.</summary>
internal sealed class UnusualExtra
{
    private long _length;

    public void Add(int length, long at)
    {
        _length += Math.Max(0, length - ZipLimits.UsualExtra);
        if (_length > ZipLimits.UnusualExtra)
            throw new ZipStopException(Reasons.EmbeddedFile, at, "has more data beside its files than is honest. Make it again and send the new file.");
    }
}
