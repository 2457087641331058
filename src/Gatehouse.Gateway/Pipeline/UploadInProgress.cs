using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Gateway.Callers;
using Gatehouse.Gateway.Delivery;
using Gatehouse.Gateway.Fields;
using Gatehouse.Gateway.Scanning;
using Gatehouse.Genesys;
using Gatehouse.Inspection;
using Gatehouse.Storage;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>One upload request on its way: what each step learned, and what must be given back when the request ends, whatever happened.</summary>
public sealed class UploadInProgress(HttpContext http) : IDisposable
{
    public HttpContext Http { get; } = http;

    /// <summary>Made before the first try, so that every repeat of a command is known as one.</summary>
    public UploadId Id { get; } = UploadId.New();

    public StepClock Clock { get; } = new();

    // Authenticate
    public Caller? Caller { get; set; }

    // Knock
    public IDisposable? UnderWay { get; set; }
    public WaitPreference Prefer { get; set; } = WaitPreference.None;
    public string? IdempotencyKey { get; set; }
    public IDisposable? KeyHeld { get; set; }
    public Fingerprint? KeyFingerprint { get; set; }
    public IDisposable? Slot { get; set; }
    public bool Knocked { get; set; }

    /// <summary>A secret of the customer's: it goes into no log.</summary>
    public string? GuestToken { get; set; }

    /// <summary>As far as it is known; settled when the whole request has been read.</summary>
    public RouteInUse? Route { get; set; }

    /// <summary>The largest file that the route takes, in bytes, where that is less than the gateway lets in.</summary>
    public long RouteLimit { get; set; } = long.MaxValue;

    // Receive
    public UploadFields Fields { get; } = new();
    public ContactChoice Contact { get; set; } = new(Contact: null);
    public string? ContactId => Contact.Contact?.Value;
    public string? OriginalFilename { get; set; }
    public string? DeclaredMime { get; set; }
    public ReceivedFile? File { get; set; }
    public FileInspection? Inspection { get; set; }
    public long Size { get; set; }
    public string? Sha256 { get; set; }

    // Inspect
    public Verdict? Verdict { get; set; }
    public string? Filename { get; set; }

    /// <summary>Null: it was not scanned.</summary>
    public ScanReport? Scan { get; set; }

    /// <summary>As whom the file is sent: the field <c>sender_id</c>, or the guest's token, sealed.</summary>
    public string? SenderId { get; set; }

    // Admit
    public ContactReply? Admission { get; set; }
    public long ClaimAskedAt { get; set; }
    public SenderPlace? Place { get; set; }
    public Permit? Permit { get; set; }
    public Outcomes.Watch? Watch { get; set; }

    /// <summary>The audit has it.</summary>
    public bool Audited { get; set; }

    /// <summary>The upload that the answer is about, and how this request stands to it.</summary>
    public Standing Standing { get; set; }

    /// <summary>Hands the received file over: the request does not dispose it any more.</summary>
    public ReceivedFile TakeFile()
    {
        var file = File ?? throw new InvalidOperationException("No file was received.");
        File = null;
        return file;
    }

    public void Dispose() => Release();

    /// <summary>Gives back what the request holds, before it ends where nothing more is done with it.</summary>
    public void Release()
    {
        try
        {
            Watch?.Dispose();
            Inspection?.Dispose();
            File?.Dispose();
        }
        finally
        {
            (Watch, Inspection, File) = (null, null, null);
            Place?.Dispose();
            KeyHeld?.Dispose();
            Slot?.Dispose();
            UnderWay?.Dispose();
        }
    }
}
