/**
 * The meaning of what remotes answer in place of what was asked for: one table for the answers over
 * HTTP, and one for the words over any transport. Fetches and pushes use both.
 *
 * <p>Only packages of the Git adapter call it. Begin with {@link
 * io.numa.avatar.git.internal.answer.HttpRefusals}.
 */
@NullMarked
package io.numa.avatar.git.internal.answer;

import org.jspecify.annotations.NullMarked;
