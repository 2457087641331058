using System.Runtime.CompilerServices;

// The clusters of the tests run with the product's own times and limits.
[assembly: InternalsVisibleTo("Gatehouse.Silo.Tests")]
