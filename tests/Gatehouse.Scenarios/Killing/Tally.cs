namespace Gatehouse.Scenarios.Killing;

/// <summary>In which steps the kills found uploads, told by what they left behind.</summary>
internal sealed class Tally
{
    /// <summary>A file half received lay in the spool.</summary>
    public int Receiving { get; set; }

    /// <summary>Admitted, but the caller had no answer.</summary>
    public int AdmittedUnanswered { get; set; }

    /// <summary>Durable and waiting in line.</summary>
    public int Queued { get; set; }

    /// <summary>Claimed by the killed process, not yet at Genesys.</summary>
    public int Claimed { get; set; }

    /// <summary>Done at Genesys, its record not yet saved.</summary>
    public int DoneUnrecorded { get; set; }

    /// <summary>Recorded as delivered, the caller had no answer or the file was not yet dropped.</summary>
    public int Recorded { get; set; }

    public override string ToString() =>
        $"receiving {Receiving}, admitted unanswered {AdmittedUnanswered}, queued {Queued}, claimed {Claimed}, done but unrecorded {DoneUnrecorded}, recorded {Recorded}";
}
