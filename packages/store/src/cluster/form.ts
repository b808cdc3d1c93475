import { masked } from '../statements.ts';
import { isSharded, localName, SHARD_KEYS } from './placement.ts';

export interface ClusterTarget {
  /** As in system.clusters. */
  cluster: string;
  database: string;
}

/** A token is remembered by a shard's replicas for so long: a loader that was away a week still finds it. */
const DEDUPLICATION_S = 7 * 24 * 3600;

/**
 * The statements that do on a cluster what `statement`, written for one node, does there. The schema files stay the
 * only source: their engines become Replicated ones, and a sharded table (placement.ts) becomes `<name>_local` on
 * every shard and a Distributed table under its plain name. Throws for a statement whose form nobody has thought
 * about: a mistake of the program.
 */
export function clusterForm(statement: string, target: ClusterTarget): string[] {
  const plain = masked(statement);
  const verb = VERB.exec(plain)?.[0].trim().toUpperCase().replace(/\s+/g, ' ') ?? '';
  if (/^(INSERT|SELECT|SYSTEM)/.test(verb)) return [statement];
  const found = SHAPES.find(({ begins }) => begins.test(plain));
  if (!found)
    throw new Error(
      `A statement that begins with "${verb || plain.trim().slice(0, 20)}" has no cluster form`,
    );
  const match = found.begins.exec(plain)!;
  const head = plain.slice(match.index, match.index + match[0].length).trim();
  const table = match[1]!;
  return found.form({ head, table, rest: statement.slice(match.index + match[0].length), target });
}

const VERB = /^\s*\w+/;

interface Parts {
  /** From the verb to the table's name. */
  head: string;
  table: string;
  rest: string;
  target: ClusterTarget;
}

const SHAPES: { begins: RegExp; form(parts: Parts): string[] }[] = [
  { begins: /^\s*CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(\w+)(?=\s*\()/i, form: createTable },
  {
    begins: /^\s*CREATE\s+MATERIALIZED\s+VIEW\s+(?:IF\s+NOT\s+EXISTS\s+)?(\w+)(?=\s+TO\b)/i,
    form: createView,
  },
  { begins: /^\s*ALTER\s+TABLE\s+(\w+)(?=\s)/i, form: alterTable },
  { begins: /^\s*DROP\s+(?:TABLE|VIEW)\s+(?:IF\s+EXISTS\s+)?(\w+)\s*$/i, form: dropTable },
];

function createTable({ head, table, rest, target }: Parts): string[] {
  const body = replicated(rest, table);
  if (!isSharded(table)) return [`${head} ${onCluster(target)}${body}`];
  const local = localName(table);
  const { cluster, database } = target;
  return [
    `${withName(head, table, local)} ${onCluster(target)}${body}`,
    `${head} ${onCluster(target)} AS ${database}.${local}
ENGINE = Distributed('${cluster}', '${database}', '${local}', ${SHARD_KEYS[table]})`,
  ];
}

/** It fires on the node that takes the insert; its target carries the rows to the others. */
function createView({ head, rest, target }: Parts): string[] {
  return [`${head} ${onCluster(target)}${rest}`];
}

/** A table that is everywhere passes its changes on by itself; a second node told the same would refuse. */
function alterTable({ head, table, rest, target }: Parts): string[] {
  if (!isSharded(table)) return [`${head}${rest}`];
  const plain = masked(rest);
  const ofColumns = /\b(ADD|DROP|MODIFY|RENAME|COMMENT)\s+COLUMN\b/i.test(plain);
  const ofParts =
    /^\s*(DELETE|UPDATE|MATERIALIZE|CLEAR|ADD\s+INDEX|DROP\s+INDEX|MODIFY\s+(SETTING|TTL))\b/i.test(plain);
  if (ofColumns === ofParts || /,\s*(ADD|DROP|MODIFY)\s+(INDEX|SETTING|TTL)\b/i.test(plain)) {
    throw new Error(`ALTER TABLE ${table} has no cluster form; change columns and other things one by one`);
  }
  const shards = `${withName(head, table, localName(table))} ${onCluster(target)}${rest}`;
  return ofColumns ? [shards, `${head} ${onCluster(target)}${rest}`] : [shards];
}

/** SYNC: the path in Keeper is free again afterwards. */
function dropTable({ head, table, target }: Parts): string[] {
  const drop = (name: string) => `${withName(head, table, name)} ${onCluster(target)} SYNC`;
  return isSharded(table) ? [drop(table), drop(localName(table))] : [drop(table)];
}

const onCluster = ({ cluster }: ClusterTarget) => `ON CLUSTER \`${cluster}\``;
const withName = (head: string, table: string, name: string) => head.slice(0, -table.length) + name;

/**
 * The engine and its settings. One path for each shard, or one for all nodes. Tables that are everywhere take the
 * shard into the replica's name, since replicas of different shards often bear the same one.
 */
function replicated(body: string, table: string): string {
  const sharded = isSharded(table);
  const plain = masked(body);
  const engine = /\bENGINE\s*=\s*(\w*MergeTree)\b(?:\(([\w\s,]*)\))?/i.exec(plain);
  if (!engine?.[1])
    throw new Error(`CREATE TABLE ${table} has no MergeTree engine, so it has no cluster form`);
  const shard = sharded ? '{shard}' : 'all';
  const replica = sharded ? '{replica}' : '{shard}_{replica}';
  const path = `/clickhouse/tables/${shard}/{database}/${sharded ? localName(table) : table}`;
  const args = [`'${path}'`, `'${replica}'`, ...(engine[2] ? [engine[2]] : [])];
  const end = engine.index + engine[0].length;
  return `${body.slice(0, engine.index)}ENGINE = Replicated${engine[1]}(${args.join(', ')})${body
    .slice(end)
    .replace(
      /\bnon_replicated_deduplication_window\s*=\s*(\d+)/,
      `replicated_deduplication_window = $1, replicated_deduplication_window_seconds = ${DEDUPLICATION_S}`,
    )}`;
}
