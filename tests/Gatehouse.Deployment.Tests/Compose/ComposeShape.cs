using Gatehouse.Deployment.Tests.Shapes;

namespace Gatehouse.Deployment.Tests.Compose;

/// <summary>The fields of the Compose specification that <c>docker-compose.yml</c> uses.</summary>
internal static class ComposeShape
{
    private const string Name = "[A-Za-z0-9][A-Za-z0-9_.-]*";

    private static readonly Shape Duration = Shape.Like("[0-9]+s");

    private static readonly Shape Texts = Shape.List(Shape.Text);

    private static readonly Shape References = Shape.List(Shape.Like(Name));

    private static readonly Shape Build = Shape.Object(("context", Shape.Text), ("target", Shape.Like(Name)));

    private static readonly Shape Environment = Shape.Names(Shape.Either(Shape.Text, Shape.Whole(0, long.MaxValue)), "[A-Za-z_][A-Za-z0-9_]*");

    private static readonly Shape Health = Shape.Either(
        Shape.Object(("test", Texts), ("interval", Duration), ("timeout", Duration), ("start_period", Duration), ("retries", Shape.Whole(1, 100))),
        Shape.Object(("disable", Shape.Flag)));

    private static readonly Shape DependsOn = Shape.Either(References, Shape.Names(Shape.Object(("condition", Shape.Like("service_healthy|service_started")))));

    private static readonly (string, Shape)[] Service =
    [
        ("image?", Shape.Like("[a-z0-9./-]+:[a-z0-9.-]+")), ("build?", Build), ("profiles?", References), ("restart?", Shape.Like("unless-stopped")),
        ("read_only?", Shape.Flag), ("tmpfs?", Texts), ("user?", Shape.Like("[0-9]+:[0-9]+")), ("cap_drop?", Shape.List(Shape.Like("ALL"))), ("security_opt?", Shape.List(Shape.Like("no-new-privileges:true"))), ("shm_size?", Shape.Like("[0-9]+mb")),
        ("entrypoint?", Texts), ("command?", Texts), ("environment?", Environment), ("secrets?", References), ("volumes?", Shape.List(Shape.Like("[./a-z0-9-]+:/[a-z/]+(:ro)?"))),
        ("ports?", Shape.List(Shape.Like("127\\.0\\.0\\.1:[0-9]+:[0-9]+"))), ("networks?", References), ("depends_on?", DependsOn), ("healthcheck?", Health),
        ("stop_signal?", Shape.Like("SIG[A-Z]+")), ("stop_grace_period?", Duration),
    ];

    public static Shape File { get; } = Shape.Object(
        ("name", Shape.Like(Name)),
        ("x-node", Shape.Object(Service)),
        ("x-gateway", Shape.Object(Service)),
        ("services", Shape.Names(Shape.Object([("image", Service[0].Item2), .. Service.Skip(1)]))),
        ("networks", Shape.Names(Shape.Either(Shape.Nothing, Shape.Object(("internal", Shape.Flag))))),
        ("volumes", Shape.Names(Shape.Nothing)),
        ("secrets", Shape.Names(Shape.Object(("file", Shape.Text)))));
}
