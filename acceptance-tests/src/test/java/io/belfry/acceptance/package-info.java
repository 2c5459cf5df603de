/// Real clients against a real server: [OfficialPythonSdkTest] is where to start.
@NullMarked
package io.belfry.acceptance;

import org.jspecify.annotations.NullMarked;
