#!/bin/sh
# What Terminal runs on macOS: /usr/local/lib/keyvouch/keyvouch-agent.command, executable.
exec /usr/local/bin/keyvouch-agent run
