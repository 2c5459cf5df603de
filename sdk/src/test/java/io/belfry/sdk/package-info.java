/// Tests of the SDK against a small server that answers what it is told to. [TestServer] is the
/// class to read first.
@NullMarked
package io.belfry.sdk;

import org.jspecify.annotations.NullMarked;
