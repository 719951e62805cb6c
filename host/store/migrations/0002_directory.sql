-- Who and what there is besides cases. Documents are JSON.
CREATE TABLE organisations (
    id TEXT NOT NULL PRIMARY KEY,
    document TEXT NOT NULL
);

CREATE TABLE tokens (
    digest TEXT NOT NULL PRIMARY KEY,
    principal TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

-- Every version ever installed, by its digest; the component in Base64.
CREATE TABLE plugin_versions (
    organisation TEXT NOT NULL,
    digest TEXT NOT NULL,
    plugin TEXT NOT NULL,
    version TEXT NOT NULL,
    component TEXT NOT NULL,
    installed_at BIGINT NOT NULL,
    PRIMARY KEY (organisation, digest),
    UNIQUE (organisation, plugin, version)
);

-- What of it runs: settings, secrets, the active digest; and failed runs in a row.
CREATE TABLE plugins (
    organisation TEXT NOT NULL,
    plugin TEXT NOT NULL,
    document TEXT NOT NULL,
    failures BIGINT NOT NULL DEFAULT 0,
    -- Grows with every change, so that other nodes see that there was one.
    revision BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (organisation, plugin)
);

-- Every calendar ever published, in order: what a run was counted on stays.
CREATE TABLE calendars (
    position BIGINT NOT NULL PRIMARY KEY,
    year BIGINT NOT NULL,
    document TEXT NOT NULL
);

-- Work on every case, and the case it has come to; gone when it is done.
CREATE TABLE walks (
    name TEXT NOT NULL PRIMARY KEY,
    position TEXT NOT NULL
);

-- Views of lists that persons saved for themselves.
CREATE TABLE views (
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (owner, name)
);

CREATE INDEX plugin_versions_by_digest ON plugin_versions (digest);
