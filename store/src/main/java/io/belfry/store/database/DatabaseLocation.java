package io.belfry.store.database;

import io.belfry.postgres.PostgresSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Which PostgreSQL to work on.
public sealed interface DatabaseLocation {

  /// One of our own, kept in this directory.
  record Embedded(Path dataDirectory, PostgresSettings settings) implements DatabaseLocation {}

  /// One of our own that is gone with this process, in this directory, which is empty.
  ///
  /// @param tables the same text means the same tables, so that those of another process can be
  ///   copied; absent if it can't be known which tables there will be
  /// @param rows the same text means the same rows, which can be copied with the tables; absent if
  ///   they are not to be
  record Ephemeral(
      Path dataDirectory, PostgresSettings settings, @Nullable String tables, @Nullable String rows)
      implements DatabaseLocation {}

  /// One that somebody else runs.
  ///
  /// @param user absent if the URL names it
  /// @param password absent if the URL holds it, or the server asks for none
  record External(String jdbcUrl, @Nullable String user, @Nullable String password)
      implements DatabaseLocation {
    private static final String SCHEME = "jdbc:postgresql:";

    public External {
      if (!jdbcUrl.startsWith(SCHEME)) {
        throw Unavailable.because(
            "the database URL %s isn't one of PostgreSQL: it must look like %s//host:5432/belfry"
                .formatted(withoutSecrets(jdbcUrl), SCHEME));
      }
    }

    /// The location, without what must not be logged.
    @Override
    public String toString() {
      return withoutSecrets(jdbcUrl);
    }

    private static String withoutSecrets(String url) {
      return url.split("\\?", 2)[0].replaceFirst("//[^/@]*@", "//");
    }
  }
}
