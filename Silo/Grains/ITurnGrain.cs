using Gatehouse.Actors.Contacts;
using Gatehouse.Actors.Tokens;

namespace Gatehouse.Silo.Grains;

/// <summary>An actor as a grain: one command, one turn, one answer once it is durable. No bytes of a file ever go through it.</summary>
public interface ITurnGrain<TCommand, TReply> : IGrainWithStringKey
    where TCommand : class
    where TReply : class
{
    /// <summary>Commands and answers are immutable, so a call inside one silo copies nothing.</summary>
    ValueTask<TurnAnswer<TReply>> AskAsync([Immutable] TCommand command);
}

/// <summary>A contact's actor; the key is the contact's id.</summary>
public interface IContactGrain : ITurnGrain<ContactCommand, ContactReply>;

/// <summary>An OAuth client's token actor; the key is the client's id.</summary>
public interface ITokenGrain : ITurnGrain<TokenCommand, TokenReply>;
