package io.belfry.store.database;

import io.belfry.store.embedded.PostgresSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Which PostgreSQL to work on.
public sealed interface DatabaseLocation {

  /// One of our own, in this directory.
  record Embedded(Path dataDirectory, PostgresSettings settings) implements DatabaseLocation {}

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
