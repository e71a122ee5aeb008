/**
 * The views of a running avatar: live lines, plain lines or JSON.
 *
 * <p>The commands choose a view, and the pipeline's listener feeds it. Begin with {@link
 * io.numa.avatar.cli.console.View}.
 */
@NullMarked
package io.numa.avatar.cli.console;

import org.jspecify.annotations.NullMarked;
