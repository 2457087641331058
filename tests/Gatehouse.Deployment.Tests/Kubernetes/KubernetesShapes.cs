using Gatehouse.Deployment.Tests.Shapes;

namespace Gatehouse.Deployment.Tests.Kubernetes;

/// <summary>The kinds that <c>deploy/kubernetes</c> uses, and of each the fields that it uses, as the API reference of Kubernetes 1.30 has them.</summary>
internal static class KubernetesShapes
{
    /// <summary>RFC 1123 labels; and label keys with a prefix.</summary>
    private const string Dns = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    private static readonly Shape Name = Shape.Like(Dns);

    private static readonly Shape Labels = Shape.Names(Shape.Like("[A-Za-z0-9_.-]{1,63}"), "([a-z0-9.-]+/)?[A-Za-z0-9_.-]{1,63}");

    private static readonly Shape Metadata = Shape.Object(("name", Name), ("labels?", Labels));

    private static readonly Shape Selector = Shape.Object(("matchLabels", Labels));

    private static readonly Shape Seconds = Shape.Whole(1, 3600);

    private static readonly Shape Port = Shape.Whole(1, 65535);

    private static readonly Shape Protocol = Shape.Like("TCP|UDP");

    private static readonly Shape Folder = Shape.Like("(/[A-Za-z0-9._-]+)+");

    private static readonly Shape Quantity = Shape.Like("[0-9]+(m|Mi|Gi)");

    private static readonly Shape HttpProbe = Shape.Object(
        ("httpGet", Shape.Object(("path", Folder), ("port", Name))), ("periodSeconds", Seconds), ("timeoutSeconds", Seconds), ("failureThreshold", Shape.Whole(1, 1000)));

    private static readonly Shape CommandProbe = Shape.Object(
        ("exec", Shape.Object(("command", Shape.List(Shape.Text)))), ("periodSeconds", Seconds), ("timeoutSeconds", Seconds), ("failureThreshold", Shape.Whole(1, 1000)));

    private static readonly Shape Resources = Shape.Object(("cpu?", Quantity), ("memory", Quantity), ("ephemeral-storage", Quantity));

    private static readonly Shape Container = Shape.Object(
        ("name", Name),
        ("image", Name),
        ("ports", Shape.List(Shape.Object(("name", Name), ("containerPort", Port), ("protocol", Protocol)))),
        ("envFrom", Shape.List(Shape.Object(("configMapRef", Shape.Object(("name", Name)))))),
        ("volumeMounts", Shape.List(Shape.Object(("name", Name), ("mountPath", Folder), ("readOnly?", Shape.Flag)))),
        ("startupProbe", HttpProbe),
        ("readinessProbe", HttpProbe),
        ("livenessProbe", CommandProbe),
        ("lifecycle", Shape.Object(("preStop", Shape.Object(("sleep", Shape.Object(("seconds", Seconds))))))),
        ("resources", Shape.Object(("requests", Resources), ("limits", Resources))),
        ("securityContext", Shape.Object(
            ("allowPrivilegeEscalation", Shape.Flag), ("readOnlyRootFilesystem", Shape.Flag), ("capabilities", Shape.Object(("drop", Shape.List(Shape.Like("ALL"))))))));

    private static readonly Shape Volume = Shape.Either(
        Shape.Object(("name", Name), ("secret", Shape.Object(("secretName", Name), ("defaultMode", Shape.Whole(0, 511))))),
        Shape.Object(("name", Name), ("emptyDir", Shape.Object(("sizeLimit", Quantity)))));

    private static readonly Shape Spread = Shape.Object(
        ("topologyKey", Shape.Like("(topology\\.)?kubernetes\\.io/(zone|hostname)")), ("maxSkew", Shape.Whole(1, 10)), ("whenUnsatisfiable", Shape.Like("ScheduleAnyway|DoNotSchedule")),
        ("matchLabelKeys", Shape.List(Shape.Like("pod-template-hash"))), ("labelSelector", Selector));

    private static readonly Shape Pod = Shape.Object(
        ("serviceAccountName", Name),
        ("automountServiceAccountToken", Shape.Flag),
        ("enableServiceLinks", Shape.Flag),
        ("terminationGracePeriodSeconds", Seconds),
        ("securityContext", Shape.Object(
            ("runAsNonRoot", Shape.Flag), ("runAsUser", Shape.Whole(1, 65535)), ("runAsGroup", Shape.Whole(1, 65535)), ("fsGroup", Shape.Whole(1, 65535)),
            ("fsGroupChangePolicy", Shape.Like("OnRootMismatch|Always")), ("seccompProfile", Shape.Object(("type", Shape.Like("RuntimeDefault")))))),
        ("topologySpreadConstraints", Shape.List(Spread)),
        ("containers", Shape.List(Container)),
        ("volumes", Shape.List(Volume)));

    private static readonly Shape Deployment = Shape.Object(
        ("replicas", Shape.Whole(2, 100)),
        ("minReadySeconds", Seconds),
        ("strategy", Shape.Object(("type", Shape.Like("RollingUpdate")), ("rollingUpdate", Shape.Object(("maxSurge", Shape.Whole(0, 10)), ("maxUnavailable", Shape.Whole(0, 10)))))),
        ("selector", Selector),
        ("template", Shape.Object(("metadata", Shape.Object(("labels", Labels))), ("spec", Pod))));

    private static readonly Shape Service = Shape.Object(
        ("type", Shape.Like("ClusterIP")), ("selector", Labels), ("ports", Shape.List(Shape.Object(("name", Name), ("port", Port), ("targetPort", Name), ("protocol", Protocol)))));

    private static readonly Shape Budget = Shape.Object(
        ("maxUnavailable", Shape.Whole(1, 10)), ("unhealthyPodEvictionPolicy", Shape.Like("IfHealthyBudget|AlwaysAllow")), ("selector", Selector));

    private static readonly Shape Peer = Shape.Either(
        Shape.Object(("namespaceSelector", Shape.Either(Selector, Shape.Object())), ("podSelector?", Selector)),
        Shape.Object(("ipBlock", Shape.Object(("cidr", Shape.Like("[0-9.]+/[0-9]+")), ("except?", Shape.List(Shape.Like("[0-9.]+/[0-9]+")))))));

    private static readonly Shape PolicyPorts = Shape.List(Shape.Object(("port", Shape.Either(Port, Name)), ("protocol", Protocol)));

    private static readonly Shape Policy = Shape.Object(
        ("podSelector", Selector),
        ("policyTypes", Shape.List(Shape.Like("Ingress|Egress"))),
        ("ingress?", Shape.List(Shape.Object(("from", Shape.List(Peer)), ("ports", PolicyPorts)))),
        ("egress", Shape.List(Shape.Object(("to", Shape.List(Peer)), ("ports", PolicyPorts)))));

    /// <summary>By kind.</summary>
    public static IReadOnlyDictionary<string, Shape> Kinds { get; } = new Dictionary<string, Shape>(StringComparer.Ordinal)
    {
        ["Namespace"] = Shape.Object(("apiVersion", Shape.Like("v1")), ("kind", Shape.Like("Namespace")), ("metadata", Metadata)),
        ["ServiceAccount"] = Shape.Object(("apiVersion", Shape.Like("v1")), ("kind", Shape.Like("ServiceAccount")), ("metadata", Metadata), ("automountServiceAccountToken", Shape.Flag)),
        ["Deployment"] = Of("apps/v1", "Deployment", Deployment),
        ["Service"] = Of("v1", "Service", Service),
        ["PodDisruptionBudget"] = Of("policy/v1", "PodDisruptionBudget", Budget),
        ["NetworkPolicy"] = Of("networking.k8s.io/v1", "NetworkPolicy", Policy),
        ["Kustomization"] = Shape.Object(
            ("apiVersion", Shape.Like("kustomize\\.config\\.k8s\\.io/v1beta1")), ("kind", Shape.Like("Kustomization")), ("namespace", Name), ("resources", Shape.List(Shape.Like("[a-z]+\\.yaml"))),
            ("images", Shape.List(Shape.Object(("name", Name), ("newName", Shape.Like("[a-z0-9./-]+")), ("newTag", Shape.Like("[0-9.]+"))))),
            ("configMapGenerator", Shape.List(Shape.Object(("name", Name), ("literals", Shape.List(Shape.Like("[A-Za-z0-9_]+=.+"))))))),
    };

    private static Shape Of(string version, string kind, Shape spec) =>
        Shape.Object(("apiVersion", Shape.Like(version.Replace(".", "\\.", StringComparison.Ordinal))), ("kind", Shape.Like(kind)), ("metadata", Metadata), ("spec", spec));
}
