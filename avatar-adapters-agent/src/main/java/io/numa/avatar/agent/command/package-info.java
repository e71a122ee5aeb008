/** Agents that run once for each prompt, and print what they do as text or as stream-json. */
@NullMarked
package io.numa.avatar.agent.command;

import org.jspecify.annotations.NullMarked;
