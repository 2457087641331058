using System.Runtime.CompilerServices;

// Which client a permit is of, and what is remembered of contacts, show only inside.
[assembly: InternalsVisibleTo("Gatehouse.Genesys.Tests")]
