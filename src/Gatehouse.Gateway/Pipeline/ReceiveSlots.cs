using System.Collections.Concurrent;

namespace Gatehouse.Gateway.Pipeline;

/// <summary>
/// How many uploads of one contact this node takes at a time (<c>Quotas:MaxConcurrent</c>). In memory, held until the request ends; a contact without requests has no
/// entry. Who finds no slot waits unread, in order of arrival.
/// </summary>
public sealed class ReceiveSlots(int perContact, TimeSpan longestWait, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Contact> _contacts = new(StringComparer.Ordinal);

    /// <summary>Null: none became free within the wait.</summary>
    public async ValueTask<IDisposable?> TakeAsync(string contactId, CancellationToken cancellationToken)
    {
        var contact = Enter(contactId);
        if (contact.Free.Wait(0, CancellationToken.None)) return new Slot(this, contactId, contact);
        var taken = false;
        try
        {
            using var limit = new CancellationTokenSource(longestWait, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            try
            {
                await contact.Free.WaitAsync(either.Token);
                taken = true;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return null;
            }
            return new Slot(this, contactId, contact);
        }
        finally
        {
            if (!taken) Leave(contactId, contact);
        }
    }

    /// <summary>Contacts with requests now.</summary>
    public int Contacts => _contacts.Count;

    private Contact Enter(string contactId)
    {
        while (true)
        {
            var contact = _contacts.GetOrAdd(contactId, static (_, most) => new Contact(most), perContact);
            lock (contact)
            {
                if (contact.Gone) continue;
                contact.Requests++;
                return contact;
            }
        }
    }

    private void Leave(string contactId, Contact contact)
    {
        lock (contact)
        {
            if (--contact.Requests > 0) return;
            contact.Gone = true;
            _contacts.TryRemove(new(contactId, contact));
        }
        contact.Dispose();
    }

    private sealed class Contact(int most) : IDisposable
    {
        public readonly SemaphoreSlim Free = new(most, most);
        public int Requests;
        public bool Gone;

        public void Dispose() => Free.Dispose();
    }

    private sealed class Slot(ReceiveSlots slots, string contactId, Contact contact) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
            contact.Free.Release();
            slots.Leave(contactId, contact);
        }
    }
}
