/// The client for CloudTower's operation API and Belfry's.
module io.belfry.sdk {
  requires transitive com.fasterxml.jackson.core;
  requires static org.jspecify;
  requires java.net.http;

  exports io.belfry.sdk;
  exports io.belfry.sdk.api;
  exports io.belfry.sdk.model;
  exports io.belfry.sdk.simulator;
}
