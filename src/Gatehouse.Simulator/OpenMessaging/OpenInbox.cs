namespace Gatehouse.Simulator;

/// <summary>Takes a customer's message that has been found right: the answer, the receipt, and the download that begins once both are settled.</summary>
internal sealed class OpenInbox(FaultBoard board, Downloads downloads, TimeProvider time)
{
    public Reply Take(OpenMessage message, string integrationId, bool wantsConversation, string correlationId)
    {
        var faults = board.Current;
        var attachment = message.Attachment;
        if (faults.Poison(attachment?.FileName))
            return ErrorBody.Fault(500, null, correlationId);
        var becomes = attachment is null ? null
            : !attachment.IsLink && !MediaTypes.Allow(faults.Inbound, attachment.Mime) ? Receipt.LeftOut
            : faults.Fetches(attachment) ? Receipt.Fetching
            : Receipt.NotFetched;
        // The same customer of the same integration goes on with the same conversation.
        var conversation = StableId.Of("open", integrationId, message.SenderIdType, message.SenderId);
        var receipt = new Receipt
        {
            Route = "open-messaging",
            ContactId = message.SenderId,
            ConversationId = conversation,
            MessageId = message.MessageId,
            FileName = attachment?.FileName,
            Mime = attachment?.Mime,
            ReceivedAt = time.GetUtcNow(),
            IntegrationId = integrationId,
            SenderType = message.SenderIdType,
            Text = message.Text,
            MediaType = attachment?.MediaType,
            Url = attachment?.Url,
            Attachment = becomes,
            Metadata = message.Metadata,
        };
        return Reply.Json(200, json => message.Write(json, Guid.NewGuid().ToString(), integrationId, wantsConversation ? conversation : null), receipt) with
        {
            Recorded = becomes is Receipt.Fetching ? number => downloads.Begin(number, attachment!) : null,
        };
    }
}
