using Gatehouse.Deployment.Tests.Product;

namespace Gatehouse.Deployment.Tests.Kubernetes;

public sealed class KubernetesTests
{
    public static TheoryData<string> Files => [.. Manifests.Files, .. Manifests.Optional];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_manifest_has_the_fields_of_its_kind_and_no_others(string file)
    {
        var manifest = YamlValue.File("deploy", "kubernetes", file);
        Assert.Empty(KubernetesShapes.Kinds[manifest["kind"].Text].Faults(manifest));
    }

    [Fact]
    public void The_kustomization_lists_every_manifest() =>
        Assert.Equal(Manifests.Files.Where(f => f is not "kustomization.yaml"), Manifests.Kustomization["resources"].Texts.Order(StringComparer.Ordinal));

    [Fact]
    public void What_is_optional_is_about_the_same_pods_and_is_told_of() => Assert.All(Manifests.Optional, file =>
    {
        var selector = YamlValue.File("deploy", "kubernetes", file)["spec"]["podSelector"]["matchLabels"];
        Assert.Equal(Manifests.Only("NetworkPolicy")["spec"]["podSelector"]["matchLabels"].Members.Select(l => (l.Key, l.Value.Text)), selector.Members.Select(l => (l.Key, l.Value.Text)));
        Assert.Contains($"deploy/kubernetes/{file}", DeploymentPage.Text, StringComparison.Ordinal);
    });

    [Fact]
    public void Selectors_select_the_pods()
    {
        var deployment = Manifests.Only("Deployment")["spec"];
        var pod = deployment["template"]["metadata"]["labels"];
        Assert.All(
            [
                deployment["selector"]["matchLabels"], Manifests.Only("Service")["spec"]["selector"], Manifests.Only("PodDisruptionBudget")["spec"]["selector"]["matchLabels"],
                Manifests.Only("NetworkPolicy")["spec"]["podSelector"]["matchLabels"], .. Manifests.Pod["topologySpreadConstraints"].Items.Select(t => t["labelSelector"]["matchLabels"]),
            ],
            selector => Assert.All(selector.Members, l => Assert.Equal(l.Value.Text, pod[l.Key].Text)));
    }

    [Fact]
    public void Every_name_that_the_pod_refers_to_is_there()
    {
        Assert.Equal(Manifests.Only("ServiceAccount")["metadata"]["name"].Text, Manifests.Pod["serviceAccountName"].Text);
        Assert.Equal(Manifests.Kustomization["configMapGenerator"].Items.Single()["name"].Text, Manifests.Container["envFrom"].Items.Single()["configMapRef"]["name"].Text);
        Assert.Equal(Manifests.Kustomization["images"].Items.Single()["name"].Text, Manifests.Container["image"].Text);
        Assert.Equal(Names(Manifests.Pod["volumes"]), Names(Manifests.Container["volumeMounts"]));
        Assert.Equal(Manifests.Only("Namespace")["metadata"]["name"].Text, Manifests.Kustomization["namespace"].Text);

        static IEnumerable<string> Names(YamlValue list) => list.Items.Select(i => i["name"].Text);
    }

    [Fact]
    public void Ports_lead_to_the_one_that_the_image_listens_on()
    {
        var port = Manifests.Container["ports"].Items.Single();
        Assert.Equal(Image.Port, port["containerPort"].Number);
        Assert.All(
            [
                Manifests.Only("Service")["spec"]["ports"].Items.Single()["targetPort"], Manifests.Only("NetworkPolicy")["spec"]["ingress"].Items.Single()["ports"].Items.Single()["port"],
                Manifests.Container["startupProbe"]["httpGet"]["port"], Manifests.Container["readinessProbe"]["httpGet"]["port"],
            ],
            p => Assert.Equal(port["name"].Text, p.Text));
    }

    [Fact]
    public async Task Probes_ask_what_Gatehouse_answers()
    {
        Assert.All(["startupProbe", "readinessProbe"], p => Assert.True(Routes.Answers(Manifests.Container[p]["httpGet"]["path"].Text), p));
        Assert.True(await Commands.AskForHealthAsync([.. Manifests.Container["livenessProbe"]["exec"]["command"].Texts]));
    }

    [Fact]
    public void A_pod_is_not_killed_before_Gatehouse_is_done() =>
        Assert.True(Manifests.Pod["terminationGracePeriodSeconds"].Number > Manifests.Container["lifecycle"]["preStop"]["sleep"]["seconds"].Number + Limits.StopSeconds);

    [Fact]
    public void A_rolling_upgrade_and_a_drained_machine_take_no_node_away_that_is_needed()
    {
        var deployment = Manifests.Only("Deployment")["spec"];
        Assert.Equal(0, deployment["strategy"]["rollingUpdate"]["maxUnavailable"].Number);
        Assert.True(Manifests.Only("PodDisruptionBudget")["spec"]["maxUnavailable"].Number < deployment["replicas"].Number - 1);
    }

    [Fact]
    public void What_the_pod_is_told_are_keys_and_Production_starts_with_them() =>
        Assert.Empty(Settings.Faults(Over(Image.Environment, Manifests.Settings), DeploymentPage.KubernetesSecrets));

    [Fact]
    public void No_secret_is_in_the_map_and_the_secret_has_nothing_but_secrets()
    {
        Assert.DoesNotContain(Manifests.Settings.Keys, Settings.IsSecret);
        Assert.All(DeploymentPage.KubernetesSecrets, s => Assert.True(Settings.IsSecret(s), s));
        var volume = Manifests.Pod["volumes"].Items.Single(v => v.Find("secret") is not null);
        Assert.Equal(DeploymentPage.KubernetesSecretName, volume["secret"]["secretName"].Text);
        Assert.Equal(Manifests.Settings["Secrets__Directory"], Mount(volume["name"].Text)["mountPath"].Text);
        Assert.True(Mount(volume["name"].Text)["readOnly"].Flag);
    }

    [Fact]
    public void It_runs_as_the_image_s_user_and_writes_only_where_it_must()
    {
        var context = Manifests.Pod["securityContext"];
        Assert.Equal(Image.User, $"{context["runAsUser"].Number}:{context["runAsGroup"].Number}");
        Assert.Equal(context["runAsGroup"].Number, context["fsGroup"].Number);
        Assert.True(context["runAsNonRoot"].Flag);
        Assert.True(Manifests.Container["securityContext"]["readOnlyRootFilesystem"].Flag);
        Assert.False(Manifests.Container["securityContext"]["allowPrivilegeEscalation"].Flag);
        Assert.False(Manifests.Pod["automountServiceAccountToken"].Flag);
        var writable = Manifests.Container["volumeMounts"].Items.Where(m => m.Find("readOnly") is null).Select(m => m["mountPath"].Text);
        Assert.Equal([Image.Environment["Data__Directory"], "/tmp"], writable);
    }

    [Fact]
    public void The_group_may_read_the_secrets_and_nobody_else() =>
        Assert.Equal(Convert.ToInt64("440", 8), Manifests.Pod["volumes"].Items.Single(v => v.Find("secret") is not null)["secret"]["defaultMode"].Number);

    private static YamlValue Mount(string volume) => Manifests.Container["volumeMounts"].Items.Single(m => string.Equals(m["name"].Text, volume, StringComparison.Ordinal));

    private static Dictionary<string, string> Over(IReadOnlyDictionary<string, string> first, IReadOnlyDictionary<string, string> then)
    {
        Dictionary<string, string> all = new(first, StringComparer.Ordinal);
        foreach (var (name, value) in then) all[name] = value;
        return all;
    }
}
