using System.Reflection;
using Gatehouse.Actors;

namespace Gatehouse.Silo.Tests.Messages;

/// <summary>One value of every type that is sent between silos, no member of it at its default, so that a member which is lost on the way is missed.</summary>
internal static class Filled
{
    /// <summary>Every kind of <typeparamref name="TBase"/> that the domain has.</summary>
    public static IEnumerable<Type> KindsOf<TBase>() => typeof(TBase).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(TBase)) && !t.IsAbstract).OrderBy(t => t.FullName, StringComparer.Ordinal);

    /// <param name="bare">What may be null is null.</param>
    public static object Of(Type type, bool bare = false) => type == typeof(UploadRow) ? Row(bare) : ByConstructor(type, bare);

    /// <summary>All of a value that can be told apart, member by member.</summary>
    public static string Shown(object? value) => value switch
    {
        null => "null",
        string or long or int or bool or UInt128 or TimeSpan or Enum => $"{value}",
        DateTimeOffset at => at.ToString("O"),
        ReadOnlyMemory<byte> bytes => Convert.ToHexString(bytes.Span),
        IEnumerable<string> list => $"[{string.Join(", ", list)}]",
        _ => Members(value),
    };

    private static string Members(object value)
    {
        var members = value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(member => $"{member.Name}={Shown(member.GetValue(value))}");
        return $"{value.GetType().Name}({string.Join(' ', members)})";
    }

    private static object ByConstructor(Type type, bool bare)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var nullable = new NullabilityInfoContext();
        return constructor.Invoke([.. constructor.GetParameters().Select((p, i) => bare && nullable.Create(p).ReadState == NullabilityState.Nullable ? null : Value(p.ParameterType, p.Name!, i + 1, bare))]);
    }

    private static object Value(Type type, string name, int number, bool bare)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => name,
            _ when type == typeof(long) => 10_000_000_000 + number,
            _ when type == typeof(int) => number,
            _ when type == typeof(bool) => true,
            _ when type == typeof(TimeSpan) => TimeSpan.FromSeconds(number),
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 3, 1, 12, 0, number, TimeSpan.Zero),
            _ when type == typeof(UInt128) => new UInt128((ulong)number, ulong.MaxValue - 5),
            _ when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>([1, 2, (byte)number]),
            _ when type == typeof(IReadOnlyList<string>) => (string[])[name],
            _ when type.IsEnum => Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!,
            _ when type.IsAbstract => Of(type.Assembly.GetTypes().First(t => t.IsSubclassOf(type)), bare),
            _ => Of(type, bare),
        };
    }

    private static UploadRow Row(bool bare)
    {
        var row = new UploadRow { Id = default, ContactId = "", Filename = "", OriginalFilename = "", Mime = "", Size = 0, Sha256 = "", Route = "", CreatedAt = default };
        var nullable = new NullabilityInfoContext();
        var number = 0;
        foreach (var member in typeof(UploadRow).GetProperties().Where(p => p.CanWrite))
        {
            number++;
            if (!bare || nullable.Create(member).WriteState != NullabilityState.Nullable) member.SetValue(row, Value(member.PropertyType, member.Name, number, bare));
        }
        return row;
    }
}
