package io.belfry.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// A database for one test. It isn't pooled: every connection is a new one. Closing it drops it,
/// which frees 10 to 20 MB; otherwise it goes with the JVM.
public record TestDatabase(String name, String jdbcUrl, String user, String password)
    implements AutoCloseable {

  public DataSource dataSource() {
    var source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl);
    source.setUser(user);
    source.setPassword(password);
    return source;
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl, user, password);
  }

  @Override
  public void close() {
    TestPostgres.drop(this);
  }
}
