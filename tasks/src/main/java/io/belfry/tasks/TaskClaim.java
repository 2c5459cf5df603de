package io.belfry.tasks;

/// That somebody has taken a task, to work on it.
///
/// @param fence the claim's number; a later claim of the task has a higher one
public record TaskClaim(String taskId, long fence) {}
