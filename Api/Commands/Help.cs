namespace Gatehouse.Api.Commands;

internal static class Help
{
    public const string Text =
        """
        Gatehouse: an upload gateway for Genesys Cloud.

          Api [serve] [--Section:Key=value …]    serve uploads (http://127.0.0.1:8080 unless Urls says otherwise)
          Api inspect [--json] PATH…             judge files and folders under the configured policy; links are not followed
          Api config                             every key, its default and its value, secrets masked
          Api health [live|ready]                ask the server of this configuration on this machine: ready (default) to take uploads, or alive at all
          Api keys new --name NAME --scopes upload[,read,admin] [--expires 2027-01-31T00:00:00Z]
                                                 make a caller's API key; its secret is shown once
          Api move-state --to postgres [--connection Host=…;Database=…;Username=…;Password=…] [--blobs postgres]
                                                 take what Data:Directory holds to PostgreSQL, with no process running; ended half-way, run it again

        inspect ends with 0 when all files are accepted, 1 when some are refused, 2 when it could not run; config with 2 when something is wrong;
        health with 0 when the answer is yes, 1 when it is no or there is none, 2 when it could not ask.
        move-state with 1 when it was not moved.
        Configuration: appsettings.json, secrets by file, environment Section__Key, --Section:Key=value; every key is in docs/configuration.md.
        """;
}
