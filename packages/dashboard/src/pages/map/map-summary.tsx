import type { MapRequest, MapView } from '@throughline/contract';
import './map-summary.css';
import { useFormat } from '../../format/use-format.ts';
import { words } from '../../i18n/words.ts';
import { Count } from '../../ui/count.tsx';
import { Money } from '../../ui/money.tsx';
import { Sure } from '../../ui/sure.tsx';

/** The whole map in one line, and how sure it is. */
export function MapSummary({ view, request }: { view: MapView; request: MapRequest }) {
  const format = useFormat();
  const t = words.value.map;
  const { counts } = words.value;
  const purchase = view.stages.find((stage) => stage.stage === 'purchase');
  const without = view.without_stitching;
  return (
    <section class="map-summary">
      <div class="map-sums">
        <p>
          <span>{t.journeys}</span>
          <strong>
            <Count value={view.people} who={{ of: { report: 'map', request }, title: t.journeys }} />
          </strong>
        </p>
        {purchase && (
          <p>
            <span>{t.buyers}</span>
            <strong>
              <Count
                value={purchase.people}
                who={{ of: { report: 'map', request, stage: 'purchase' }, title: t.buyers }}
              />
            </strong>
          </p>
        )}
        <p>
          <span>{t.revenue}</span>
          <strong>
            <Money value={view.revenue} currency={view.currency} tight />
          </strong>
        </p>
      </div>
      <div class="map-sure">
        <Sure
          who={{
            of: { report: 'map', request, stitched: true },
            title: t.who_stitched,
            people: Math.round(view.stitched_share * view.people),
          }}
          {...(view.stitched_share === 0
            ? { claim: t.stitched_none }
            : {
                claim: t.stitched(format.share(view.stitched_share)),
                otherwise: t.without(
                  counts.people(without.people, format.count(without.people)),
                  counts.buyers(without.buyers, format.count(without.buyers)),
                ),
              })}
        />
      </div>
    </section>
  );
}
