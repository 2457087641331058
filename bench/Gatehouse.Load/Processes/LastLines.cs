using System.Diagnostics;

namespace Gatehouse.Load;

/// <summary>The end of what a process printed, for a message when it does not start.</summary>
internal sealed class LastLines
{
    private const int Most = 20;

    private readonly Queue<string> _lines = new();

    public void Heard(object sender, DataReceivedEventArgs heard)
    {
        if (heard.Data is not { } line)
            return;
        lock (_lines)
        {
            if (_lines.Count == Most)
                _lines.Dequeue();
            _lines.Enqueue(line);
        }
    }

    public override string ToString()
    {
        lock (_lines)
            return string.Join(Environment.NewLine, _lines);
    }
}
