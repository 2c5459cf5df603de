package io.belfry.operations;

/// Who asks for a change.
public record Caller(String userId, String username) {}
