package io.belfry.server.api;

/// Who calls.
public record Caller(String userId, String username) {}
