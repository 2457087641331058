using System.Runtime.CompilerServices;

// The stored form's bounds are tested behind a checksum that fits.
[assembly: InternalsVisibleTo("Gatehouse.Actors.Tests")]
