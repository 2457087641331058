namespace Gatehouse.Actors.Contacts;

internal static class CountRefusedTurn
{
    public static ContactTurn Run(ContactState state, CountRefused command, long now) =>
        state.WithTurned(command.Id, now).Reply(ContactReply.Welcome.Instance);
}
