/// Random sequences of calls on one VM, compared with a small model of what each must do. Start
/// with [RandomCallsTest]; [VmModel] has the rules.
@NullMarked
package io.belfry.reliability.model;

import org.jspecify.annotations.NullMarked;
