/// Users and roles. Start with [CreateUser]. Passwords are the server's affair, which hands in
/// [Credentials].
@NullMarked
package io.belfry.operations.user;

import org.jspecify.annotations.NullMarked;
