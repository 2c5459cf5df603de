package io.belfry.sdk;

/// How a list is ordered: by one field, up or down.
///
/// @param <T> the entity that is listed
/// @param value as in JSON, `name_ASC`
@SuppressWarnings("UnusedTypeParameter") // so that a VM list is not ordered by a host's field
public record Order<T>(String value) {}
