/// The operations of the API as routes: method, caller, language and body of a call are checked
/// here, the same way for all of them. Start with [OperationRoutes], then [Lists].
@NullMarked
package io.belfry.server.api;

import org.jspecify.annotations.NullMarked;
