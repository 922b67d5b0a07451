import { useEffect, useRef } from 'preact/hooks';
import type { TrendSeries } from './trend-series.ts';
import './charts.css';

/** The curve. Chart.js is fetched when the first one is shown: the weekly page does without it. */
export function TrendChart(props: { series: TrendSeries; label: string }) {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const { series } = props;
  useEffect(() => {
    let isGone = false;
    let remove = () => {};
    void import('./draw-trend.ts').then(({ drawTrend }) => {
      const canvas = canvasRef.current;
      // Where a browser cannot draw, the table below says it all.
      if (!isGone && canvas?.getContext('2d')) remove = drawTrend(canvas, series);
    });
    return () => {
      isGone = true;
      remove();
    };
  }, [series]);
  return (
    <div class="trend">
      <canvas ref={canvasRef} role="img" aria-label={props.label} />
    </div>
  );
}
