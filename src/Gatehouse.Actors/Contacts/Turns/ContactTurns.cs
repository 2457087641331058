global using ContactTurn = Gatehouse.Actors.Turn<Gatehouse.Actors.Contacts.ContactState, Gatehouse.Actors.Contacts.ContactReply>;

namespace Gatehouse.Actors.Contacts;

internal static class ContactTurns
{
    public static ContactTurn Reply(this ContactState state, ContactReply reply) => new(state, reply, []);

    public static ContactTurn Reply(this ContactState state, ContactReply reply, params Record[] records) => new(state, reply, records);
}
