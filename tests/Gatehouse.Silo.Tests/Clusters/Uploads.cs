using System.Globalization;
using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;

namespace Gatehouse.Silo.Tests.Clusters;

/// <summary>Commands as the gateway's edge makes them.</summary>
internal static class Uploads
{
    /// <param name="bytes">Stand-in for the file's bytes: the same ones are a duplicate.</param>
    public static Admit Admit(string contact, string bytes)
    {
        var id = UploadId.New();
        var row = new UploadRow
        {
            Id = id, ContactId = contact, Filename = "note.txt", OriginalFilename = "note.txt", Mime = "text/plain", Size = bytes.Length, Sha256 = new string('a', 64), Route = "attachments", CreatedAt = default,
        };
        var content = Fingerprint.Of(bytes);
        return new Admit(new AdmitRequest(id, row.Size, content, AllowDuplicate: false, IdempotencyKey: null, content), row, SmallFile: false, Claim: null);
    }

    /// <summary>Different uploads of one contact.</summary>
    public static IEnumerable<Admit> Admits(string contact, int count) => Enumerable.Range(0, count).Select(number => Admit(contact, number.ToString(CultureInfo.InvariantCulture)));

    public static Claim Claim() => new(new ClaimRequest(UploadId.New(), "node", SoleOwner: false, Early: false));

    public static Complete Delivered(ContactReply.Claimed claim) => new(claim.Id, claim.Fence, new AttemptOutcome.Delivered("{}", GenesysContactId: null));
}
