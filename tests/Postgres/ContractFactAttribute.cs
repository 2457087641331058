using Xunit.Abstractions;
using Xunit.Sdk;

namespace Gatehouse.Testing.Postgres;

/// <summary>A test of a contract: skipped for a class that <see cref="NeedsAttribute">needs</see> a server which is not installed.</summary>
[XunitTestCaseDiscoverer("Gatehouse.Testing.Postgres.ContractFactDiscoverer", TestAssembly.Name)]
public sealed class ContractFactAttribute : FactAttribute;

/// <summary>As <see cref="ContractFactAttribute"/>, for several cases.</summary>
[XunitTestCaseDiscoverer("Gatehouse.Testing.Postgres.ContractTheoryDiscoverer", TestAssembly.Name)]
public sealed class ContractTheoryAttribute : TheoryAttribute;

/// <summary>The contract's tests run here against a real server.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class NeedsAttribute : Attribute
{
    /// <summary>Why they cannot run; null: they can.</summary>
    public abstract string? Missing { get; }
}

/// <summary>Against a real PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsPostgresAttribute : NeedsAttribute
{
    public override string? Missing => PostgresPrograms.Missing;
}

public sealed class ContractFactDiscoverer(IMessageSink diagnostics) : FactDiscoverer(diagnostics)
{
    private readonly IMessageSink _diagnostics = diagnostics;

    protected override IXunitTestCase CreateTestCase(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        SkippedContract.IsSkipped(testMethod) ? new SkippedContract(_diagnostics, discoveryOptions, testMethod) : base.CreateTestCase(discoveryOptions, testMethod, factAttribute);
}

public sealed class ContractTheoryDiscoverer(IMessageSink diagnostics) : TheoryDiscoverer(diagnostics)
{
    private readonly IMessageSink _diagnostics = diagnostics;

    public override IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        SkippedContract.IsSkipped(testMethod) ? [new SkippedContract(_diagnostics, discoveryOptions, testMethod)] : base.Discover(discoveryOptions, testMethod, theoryAttribute);
}

/// <summary>A case that is counted as skipped.</summary>
public sealed class SkippedContract : XunitTestCase
{
    [Obsolete("Called by the deserializer.")]
    public SkippedContract()
    {
    }

    public SkippedContract(IMessageSink diagnostics, ITestFrameworkDiscoveryOptions options, ITestMethod method)
        : base(diagnostics, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method)
    {
    }

    public static bool IsSkipped(ITestMethod method) => Missing(method) is not null;

    protected override string GetSkipReason(IAttributeInfo factAttribute) => Missing(TestMethod)!;

    private static string? Missing(ITestMethod method) =>
        method.TestClass.Class.GetCustomAttributes(typeof(NeedsAttribute)).Select(needs => needs.GetNamedArgument<string?>(nameof(NeedsAttribute.Missing))).FirstOrDefault(missing => missing is not null);
}
