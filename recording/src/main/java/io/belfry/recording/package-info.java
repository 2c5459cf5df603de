/// What a program asked a server and what it was answered: recorded ([Recorder]), kept in a file
/// ([Recording]), given as answers without the server ([Replay]), and compared ([Comparison]).
@NullMarked
package io.belfry.recording;

import org.jspecify.annotations.NullMarked;
