/// Who calls: users, their passwords and their tokens. No password and no token is ever stored or
/// logged. Start with [AuthOperations], then [Tokens] and [Accounts].
@NullMarked
package io.belfry.server.auth;

import org.jspecify.annotations.NullMarked;
