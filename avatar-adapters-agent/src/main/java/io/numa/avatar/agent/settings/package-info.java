/** The settings of coding agents, as the operator gives them. */
@NullMarked
package io.numa.avatar.agent.settings;

import org.jspecify.annotations.NullMarked;
