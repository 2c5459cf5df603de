/// `belfry recording`: records what programs ask a server, answers from recordings, compares them.
@NullMarked
package io.belfry.cli.recording;

import org.jspecify.annotations.NullMarked;
