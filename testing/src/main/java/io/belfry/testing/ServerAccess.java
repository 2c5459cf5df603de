package io.belfry.testing;

/// How a program reaches the server of a test, for programs that log in themselves.
///
/// @param url what clients call host: `http://127.0.0.1:49152/v2/api`
/// @param username of the user who may do everything
public record ServerAccess(String url, String username, String password) {}
