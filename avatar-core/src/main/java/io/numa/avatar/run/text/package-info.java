/**
 * The texts that the pipeline writes for people: commit messages, change requests, and the results
 * of attempts and tests.
 *
 * <p>The pipeline and the command line call it. Begin with {@link
 * io.numa.avatar.run.text.CommitMessage}.
 */
@NullMarked
package io.numa.avatar.run.text;

import org.jspecify.annotations.NullMarked;
